import type { Metafile } from 'esbuild';

/** The files of a bundle that are loaded before anything runs: its entry and what that imports at once. */
export function startFiles({ outputs }: Metafile): string[] {
  const loaded = new Set<string>();
  const load = (file: string) => {
    const output = outputs[file];
    if (!output || loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of output.imports) if (kind === 'import-statement') load(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint === 'functions/index.ts') load(file);
  return [...loaded];
}

export function startBytes(metafile: Metafile): number {
  return startFiles(metafile).reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
}
