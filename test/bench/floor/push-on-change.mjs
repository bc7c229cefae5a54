// A language server around one function from text to diagnostics: called at every change, its answer sent at once.
import {
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Serves over what the arguments name; returns at once. */
export function pushOnChange(diagnosticsOf) {
  const connection = createConnection(ProposedFeatures.all);
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize(() => ({
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental },
  }));
  documents.onDidChangeContent(({ document }) => {
    const { uri, version } = document;
    void connection.sendDiagnostics({
      uri,
      version,
      diagnostics: diagnosticsOf(document.getText()),
    });
  });
  documents.listen(connection);
  connection.listen();
}
