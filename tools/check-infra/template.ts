/** Outputs of resources that open something. */
const KEYS =
  /connectionString|instrumentationKey|(primary|secondary|shared|master)keys?\b|sharedAccessSignature|password/i;

interface Template {
  readonly parameters?: Readonly<Record<string, { readonly type?: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resources?: unknown;
}

/** What the compiled template gives away: secrets as parameters, keys that are read, keys in outputs, names that feed back. */
export function templateProblems(text: string, namesRead: readonly string[]): string[] {
  if (text === '') return [];
  const template = JSON.parse(text) as Template;
  const outputs = Object.keys(template.outputs ?? {}).filter(name => namesRead.includes(name));
  const listed = [...text.matchAll(/\b(list[A-Z]\w*)\(/g)].map(match => match[1]);
  return [
    ...templatesIn(template).flatMap(leaks),
    ...[...new Set(listed)].map(name => `${name}: keys are not to be read`),
    ...outputs.map(
      name => `output ${name} is also read by the parameters: azd would feed it back at the next deployment`,
    ),
  ];
}

function leaks({ parameters = {}, outputs = {} }: Template): string[] {
  const secure = Object.keys(parameters).filter(name => /^secure/i.test(parameters[name]?.type ?? ''));
  const open = Object.keys(outputs).filter(name => KEYS.test(JSON.stringify(outputs[name]?.value ?? '')));
  return [
    ...secure.map(name => `parameter "${name}" takes a secret: its value would stand in the history of deployments`),
    ...open.map(name => `output "${name}" would show a secret`),
  ];
}

/** The template and those of its modules. */
function templatesIn(value: unknown): Template[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(templatesIn);
  return '$schema' in value && 'resources' in value ? [value as Template, ...inner] : inner;
}
