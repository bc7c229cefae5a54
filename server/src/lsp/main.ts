/** Starts the language server over what the arguments name: --stdio, --node-ipc, --socket=PORT or --pipe=NAME. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFacts } from '../files/disk.ts';
import { optimiseLess } from '../process/v8.ts';
import { startServer } from './server.ts';

optimiseLess();
const connection = createConnection(ProposedFeatures.all);
startServer(connection, diskFacts(), { environment: process.env });
connection.listen();
