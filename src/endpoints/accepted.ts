/**
 * Whether an `Accept` header names this type, and no other one above it: `q=0` refuses, and what is named without a weight
 * has the full one (RFC 9110, 12.4.2 and 12.5.1). Of two that weigh the same the asked one wins.
 */
export function isPreferred(accept: string, type: string, over: string): boolean {
  const weights = new Map(accept.toLowerCase().split(',').map(weighed));
  const weight = weights.get(type) ?? 0;
  return weight > 0 && weight >= (weights.get(over) ?? 0);
}

function weighed(range: string): readonly [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map(part => part.trim());
  const weight = Number(parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? 1);
  return [type, Number.isNaN(weight) ? 1 : weight];
}
