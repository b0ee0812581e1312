import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const words = path.resolve('src/messages/words');
const ninth = path.join(words, 'sv.ts');
const list = path.resolve('src/model/language.ts');

/** Read once: most of them are the same both times. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of the catalogues when these files stand among the others. */
function complaints(planted: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = file => planted[path.resolve(file)] !== undefined || fileExists(file);
  host.readFile = file => planted[path.resolve(file)] ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = planted[path.resolve(file)];
    if (text !== undefined) return ts.createSourceFile(file, text, version);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, version, ...rest));
    return parsed.get(file);
  };
  const program = ts.createProgram([ninth, path.join(words, 'words-in.ts')], { ...options, types: [] }, host);
  return [ninth, path.join(words, 'words-in.ts')].flatMap(file =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}

const dutch = readFileSync(path.join(words, 'nl.ts'), 'utf8');
const languages = readFileSync(list, 'utf8');

test('a ninth catalogue with one phrase missing does not compile, nor a language without a catalogue', () => {
  const line = "      snooze: () => '1 dag dempen',\n";
  expect(dutch).toContain(line);
  const said = complaints({
    [ninth]: dutch.replace(line, ''),
    [list]: languages.replace("'ja']", "'ja', 'sv']"),
  });
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("Property 'snooze' is missing");
  expect(said[1]).toContain("Property 'sv' is missing");
});

test('a whole one compiles', () => {
  expect(complaints({ [ninth]: dutch })).toEqual([]);
});
