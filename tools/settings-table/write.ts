import { SETTING_NAMES, settingInfo } from '../../src/settings/definitions.ts';

const HEAD = '| Setting | Default | Meaning |\n| --- | --- | --- |\n';

/** The README with a row for each setting in its table of settings. */
export function readmeTable(readme: string): string {
  const rows = SETTING_NAMES.map(name => {
    const { default: value, meaning } = settingInfo(name);
    return `| \`${name}\` | ${value === null ? '–' : `\`${value}\``} | ${meaning.replaceAll('|', '\\|')} |\n`;
  });
  const begin = readme.indexOf(HEAD);
  if (begin < 0) throw new Error('README.md has no table of settings');
  const after = readme.slice(begin + HEAD.length).replace(/^(\|.*\n)*/, '');
  return `${readme.slice(0, begin)}${HEAD}${rows.join('')}${after}`;
}

/** The sample with each setting once: its own value of it where it has one, else the default. */
export function sampleText(sample: string): string {
  const { Values: values, ...rest } = JSON.parse(sample) as { Values: Record<string, string> };
  const ofTheHost = Object.entries(values).filter(
    ([name]) => !/^[A-Z0-9_]+$/.test(name) || name.startsWith('FUNCTIONS_'),
  );
  const ours = SETTING_NAMES.map(name => [name, values[name] ?? settingInfo(name).default ?? '']);
  return `${JSON.stringify({ ...rest, Values: Object.fromEntries([...ofTheHost, ...ours]) }, null, 2)}\n`;
}
