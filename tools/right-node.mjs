// Loaded before a command of ours: an older Node would only say that it does not know the ending .ts.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This needs Node 24, which npm ci brings along, but Node ${process.versions.node} runs: its install script was skipped. Run: npm rebuild node\n`,
  );
  process.exit(1);
}

// What was read and compiled once is kept: the next start takes about a third less.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
