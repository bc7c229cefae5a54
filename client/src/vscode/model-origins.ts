/** From each line of an effective model to where it is written: definitions, hovers, and links in comments. */
import * as vscode from 'vscode';
import { hoverOf, targetOf } from '../commands/model/view.ts';
import { MODEL_SCHEME } from '../commands/model/target.ts';
import type { ModelLine, ModelPlace } from '../../../server/src/protocol/model.ts';

type LineAt = (document: vscode.TextDocument, line: number) => ModelLine | undefined;

/** Go to Definition and hovers on every line; in comments, the place is a link to be seen. */
export function registerOrigins(lineAt: LineAt): vscode.Disposable[] {
  const selector = { scheme: MODEL_SCHEME };
  return [
    vscode.languages.registerDefinitionProvider(selector, {
      provideDefinition: (document, { line }) => {
        const place = lineAt(document, line)?.at;
        if (!place) return [];
        const targetRange = rangeOf(place);
        return [
          {
            originSelectionRange: contentOf(document, line),
            targetUri: vscode.Uri.parse(place.uri),
            targetRange,
            targetSelectionRange: targetRange,
          },
        ];
      },
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, { line }) => {
        const text = hoverOf(lineAt(document, line), { name: nameOf });
        return text === undefined
          ? undefined
          : new vscode.Hover(new vscode.MarkdownString(text), contentOf(document, line));
      },
    }),
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => commentLinks(document, lineAt),
    }),
  ];
}

/** `compose.yaml:12:5` at the beginning of a comment. */
function commentLinks(document: vscode.TextDocument, lineAt: LineAt): vscode.DocumentLink[] {
  const links: vscode.DocumentLink[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    const origin = lineAt(document, line);
    if (!origin?.at || origin.path !== '') continue;
    const place = /^# (.*?:\d+:\d+) /.exec(document.lineAt(line).text)?.[1];
    if (place === undefined) continue;
    const link = new vscode.DocumentLink(
      new vscode.Range(line, 2, line, 2 + place.length),
      vscode.Uri.parse(targetOf(origin.at)),
    );
    link.tooltip = 'Open the place';
    links.push(link);
  }
  return links;
}

function contentOf(document: vscode.TextDocument, line: number): vscode.Range {
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line);
  return new vscode.Range(line, firstNonWhitespaceCharacterIndex, line, range.end.character);
}

function rangeOf({ range: { start, end } }: ModelPlace): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

const nameOf = (uri: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
