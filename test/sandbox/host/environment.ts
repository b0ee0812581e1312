type Settings = Readonly<Record<string, string>>;

const layers: Settings[] = [];
const underneath = new Map<string, string | undefined>();

/** Lays settings over this process's environment; the answer takes them off again, in whatever order layers go. */
export function layOver(settings: Settings): () => void {
  const layer = { ...settings };
  for (const name of Object.keys(layer)) {
    if (!layers.some(other => name in other)) underneath.set(name, process.env[name]);
  }
  layers.push(layer);
  apply(Object.keys(layer));
  return () => {
    const index = layers.indexOf(layer);
    if (index < 0) return;
    layers.splice(index, 1);
    apply(Object.keys(layer));
  };
}

function apply(names: readonly string[]): void {
  for (const name of names) {
    const value = layers.findLast(layer => name in layer)?.[name] ?? underneath.get(name);
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
