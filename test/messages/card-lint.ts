import { AdaptiveCard, SerializationContext, ValidationEvent, Versions } from 'adaptivecards';

type Json = Record<string, unknown>;

/**
 * Everything wrong with a card: what the adaptivecards library finds when it parses it as version 1.5, and our own
 * rules for Teams. Empty when it is good.
 */
export function faultsOf(card: unknown): string[] {
  const json = JSON.parse(JSON.stringify(card)) as Json;
  return [...parserFaults(json), ...ruleFaults(json)];
}

function parserFaults(json: Json): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(json, context);
  const faults: string[] = [];
  for (let n = 0; n < context.eventCount; n++) {
    const event = context.getEventAt(n);
    faults.push(`${ValidationEvent[event.event]}: ${event.message}`);
  }
  for (const found of parsed.validateProperties().validationEvents) faults.push(found.message);
  return faults;
}

function ruleFaults(json: Json): string[] {
  const faults: string[] = [];
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes > 20_000) faults.push(`${bytes} bytes`);
  if (json.version !== '1.5') faults.push('version');
  if (typeof json.fallbackText !== 'string' || json.fallbackText === '') faults.push('no fallbackText');
  if (((json.actions as unknown[] | undefined) ?? []).length > 6) faults.push('more than six actions');
  const walk = (node: unknown, coloured: boolean) => {
    if (Array.isArray(node)) for (const each of node) walk(each, coloured);
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
    const element = node as Json;
    if (element.type === 'TextBlock') {
      if (element.wrap !== true) faults.push(`does not wrap: ${element.text}`);
      if (typeof element.text !== 'string' || element.text.trim() === '') faults.push('empty text');
      if (coloured && (element.color !== undefined || element.isSubtle)) faults.push(`coloured text: ${element.text}`);
    }
    if (element.type === 'FactSet' && (element.facts as unknown[]).length === 0) faults.push('no facts');
    const inside =
      coloured || (typeof element.style === 'string' && /accent|good|attention|warning/.test(element.style));
    for (const value of Object.values(element)) walk(value, inside);
  };
  walk(json.body, false);
  const first = JSON.stringify(json.body).indexOf('"style":"heading"');
  if (first < 0) faults.push('no heading');
  return faults;
}
