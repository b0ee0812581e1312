/** Values of the subset: what JSON knows, and instants as milliseconds wrapped in a Date. */
export type Value = string | number | boolean | Date | null | { readonly [name: string]: Value } | readonly Value[];
export type Row = Readonly<Record<string, Value>>;

export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[] };

const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?(?:ms|[smhd])?)|([A-Za-z_]\w*)|(==|!=|<=|>=|[<>=+\-*/(),.[\]]))/y;

export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`not in the subset: ${text.slice(at).trim()}`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

const LEVELS = [['or'], ['and'], ['==', '!=', '<', '<=', '>', '>=', 'has', 'in'], ['+', '-'], ['*', '/']];

/** Reads one expression off the front of the tokens. */
export function readExpression(tokens: string[], level = 0): Expression {
  const operators = LEVELS[level];
  if (!operators) return readPostfix(tokens);
  let left = readExpression(tokens, level + 1);
  while (operators.includes(tokens[0] ?? '')) {
    const operator = tokens.shift() as string;
    if (operator === 'in') left = { kind: 'in', of: left, list: readList(tokens) };
    else left = { kind: 'binary', operator, left, right: readExpression(tokens, level + 1) };
  }
  return left;
}

function readPostfix(tokens: string[]): Expression {
  let expression = readPrimary(tokens);
  while (tokens[0] === '.') {
    tokens.shift();
    expression = { kind: 'member', of: expression, name: tokens.shift() as string };
  }
  return expression;
}

function readPrimary(tokens: string[]): Expression {
  const token = tokens.shift() ?? '';
  if (token === '(') {
    const inner = readExpression(tokens);
    expect(tokens, ')');
    return inner;
  }
  if (token === '[') {
    const name = (tokens.shift() ?? '').slice(1, -1);
    expect(tokens, ']');
    return { kind: 'name', name };
  }
  if (token.startsWith("'")) return { kind: 'value', value: token.slice(1, -1) };
  if (/^\d/.test(token)) return { kind: 'value', value: numberOf(token) };
  if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' };
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`not in the subset: ${token}`);
  if (tokens[0] === '(') return { kind: 'call', name: token, args: readList(tokens) };
  return { kind: 'name', name: token };
}

function readList(tokens: string[]): Expression[] {
  expect(tokens, '(');
  const list: Expression[] = [];
  while (tokens[0] !== ')') {
    list.push(readExpression(tokens));
    if (tokens[0] === ',') tokens.shift();
  }
  expect(tokens, ')');
  return list;
}

export function expect(tokens: string[], token: string): void {
  const found = tokens.shift();
  if (found !== token) throw new Error(`expected ${token}, found ${found ?? 'the end'}`);
}

const SPANS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A number, or a timespan in milliseconds. */
function numberOf(token: string): number {
  const match = /^([\d.]+)([a-z]*)$/.exec(token);
  return Number(match?.[1]) * (SPANS[match?.[2] ?? ''] ?? 1);
}

export function evaluate(expression: Expression, row: Row): Value {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'name':
      if (!(expression.name in row)) throw new Error(`no column ${expression.name}`);
      return row[expression.name] ?? null;
    case 'member': {
      const of = evaluate(expression.of, row);
      return of !== null && typeof of === 'object' && !(of instanceof Date)
        ? ((of as Row)[expression.name] ?? null)
        : null;
    }
    case 'call':
      return call(
        expression.name,
        expression.args.map(arg => evaluate(arg, row)),
      );
    case 'in': {
      const value = evaluate(expression.of, row);
      return expression.list.some(item => evaluate(item, row) === value);
    }
    case 'binary':
      return binary(expression.operator, evaluate(expression.left, row), evaluate(expression.right, row));
  }
}

function binary(operator: string, left: Value, right: Value): Value {
  if (operator === 'and') return left === true && right === true;
  if (operator === 'or') return left === true || right === true;
  if (operator === 'has') return String(left).toLowerCase().includes(String(right).toLowerCase());
  const [a, b] = [scalar(left), scalar(right)];
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (a === null || b === null) return ['+', '-', '*', '/'].includes(operator) ? null : false;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  const [x, y] = [Number(a), Number(b)];
  if (operator === '+') return x + y;
  if (operator === '-') return x - y;
  return operator === '*' ? x * y : x / y;
}

export function scalar(value: Value): string | number | boolean | null {
  if (value instanceof Date) return value.getTime();
  if (value !== null && typeof value === 'object') throw new Error('a dynamic value needs a conversion first');
  return value;
}

function call(name: string, [first = null, second = null, third = null]: Value[]): Value {
  switch (name) {
    case 'parse_json':
      return parseJson(String(first));
    case 'tostring':
      return first === null ? '' : String(first);
    case 'toint':
      return first === null || first === '' || Number.isNaN(Number(first)) ? null : Math.trunc(Number(first));
    case 'tobool':
      return typeof first === 'boolean' ? first : null;
    case 'todatetime':
      return Number.isNaN(Date.parse(String(first))) ? null : new Date(String(first));
    case 'isnotempty':
      return first !== null && first !== '';
    case 'bin': {
      const [at, width] = [Number(scalar(first)), Number(second)];
      const floor = Math.floor(at / width) * width;
      return first instanceof Date ? new Date(floor) : floor;
    }
    case 'datetime_diff': {
      if (first !== 'hour' || second === null || third === null) return null;
      // counts the boundaries between both, as the service does
      const hours = (value: Value) => Math.floor(Number(scalar(value)) / 3_600_000);
      return hours(second) - hours(third);
    }
    default:
      throw new Error(`not in the subset: ${name}()`);
  }
}

function parseJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}
