import parser from 'odata-v4-parser';
import type { ReferralResource } from './resource.ts';

/** A query the service refuses; the message goes into the error body. */
export class QueryError extends Error {
  override name = 'QueryError';
}

export type Predicate = (row: unknown) => boolean;

/** The parser types none of its tokens. Of a literal the value is the name of its type, of all others what is read here. */
interface Token {
  readonly type: string;
  readonly raw: string;
  readonly value: Parts;
}

/** Another token, the sides of a comparison, or the parts of a lambda. */
interface Parts extends Token {
  readonly left: Token;
  readonly right: Token;
  readonly current?: Token;
  readonly next?: Token;
  readonly predicate?: Token;
}

// Fields that Microsoft's own texts show in a filter. Everything else is refused, so that nobody comes to rely on it.
const FILTERABLE = new Set([
  'engagementId',
  'status',
  'substatus',
  'updatedDateTime',
  'qualification',
  'direction',
  'type',
  'customerProfile/address/country',
  'team/email',
]);

const COMPARE: Record<string, (order: number) => boolean> = {
  EqualsExpression: order => order === 0,
  NotEqualsExpression: order => order !== 0,
  LesserThanExpression: order => order < 0,
  LesserOrEqualsExpression: order => order <= 0,
  GreaterThanExpression: order => order > 0,
  GreaterOrEqualsExpression: order => order >= 0,
};

/** The predicate a `$filter` stands for; throws `QueryError` for what the service does not take. */
export function parseFilter(filter: string): Predicate {
  let token: Token;
  try {
    token = parser.filter(filter) as Token;
  } catch {
    throw new QueryError('The $filter could not be parsed.');
  }
  return predicate(token, '');
}

/** `prefix` is the path of the collection whose members a lambda looks at. */
function predicate(token: Token, prefix: string): Predicate {
  switch (token.type) {
    case 'BoolParenExpression':
    case 'ParenExpression':
    case 'CommonExpression':
    case 'LambdaPredicateExpression':
      return predicate(token.value, prefix);
    case 'FirstMemberExpression':
    case 'MemberExpression':
      return any(token);
    case 'NotExpression': {
      const inner = predicate(token.value, prefix);
      return row => !inner(row);
    }
    case 'AndExpression':
    case 'OrExpression': {
      const left = predicate(token.value.left, prefix);
      const right = predicate(token.value.right, prefix);
      return token.type === 'AndExpression' ? row => left(row) && right(row) : row => left(row) || right(row);
    }
    default:
      return comparison(token, prefix);
  }
}

function comparison(token: Token, prefix: string): Predicate {
  const holds = COMPARE[token.type];
  if (!holds) throw new QueryError(`The expression '${token.raw}' is not supported.`);
  const { left, right } = token.value;
  // Inside a lambda the path begins with its variable: `t/email`.
  const path = prefix === '' ? left.raw : left.raw.slice(left.raw.indexOf('/') + 1);
  const field = prefix === '' ? path : `${prefix}/${path}`;
  if (!FILTERABLE.has(field)) throw new QueryError(`The field '${field}' cannot be filtered on.`);
  const names = path.split('/');
  const literal = parseLiteral(right);
  return row => {
    const value = valueAt(row, names);
    if (value === null || literal === null) return holds(value === literal ? 0 : Number.NaN);
    if (literal instanceof Date) return holds(Date.parse(String(value)) - literal.getTime());
    return holds(value === literal ? 0 : String(value) < String(literal) ? -1 : 1);
  };
}

/** `team/any(t:t/email eq '...')`, the one lambda the documents show. */
function any(token: Token): Predicate {
  let path: Token = token;
  while (path.type === 'FirstMemberExpression' || path.type === 'MemberExpression') path = path.value;
  const lambda = path.value?.next?.value;
  const collection = path.value?.current?.raw;
  if (lambda?.type !== 'AnyExpression' || collection === undefined || !lambda.value.predicate) {
    throw new QueryError(`The expression '${token.raw}' is not supported.`);
  }
  const inner = predicate(lambda.value.predicate, collection);
  return row => {
    const members = valueAt(row, [collection]);
    return Array.isArray(members) && members.some(inner);
  };
}

function parseLiteral(token: Token): string | number | boolean | Date | null {
  if (token.type !== 'Literal') throw new QueryError(`'${token.raw}' is not a literal.`);
  switch (String(token.value)) {
    case 'null':
      return null;
    case 'Edm.String':
      return token.raw.slice(1, -1).replaceAll("''", "'");
    case 'Edm.Boolean':
      return token.raw === 'true';
    case 'Edm.DateTimeOffset':
      return new Date(token.raw);
    default:
      return token.raw;
  }
}

function valueAt(row: unknown, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of path) {
    value = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value ?? null;
}

/** Puts rows in the order an `$orderby` asks for; rows without the date count as oldest. */
export function parseOrder(orderby: string): (rows: readonly ReferralResource[]) => ReferralResource[] {
  const match = /^\s*(createdDateTime|updatedDateTime)(?:\s+(asc|desc))?\s*$/.exec(orderby);
  if (!match) throw new QueryError('$orderby takes createdDateTime or updatedDateTime, asc or desc.');
  const [, field = '', direction] = match;
  const sign = direction === 'desc' ? -1 : 1;
  return rows =>
    rows
      .map(row => ({ row, instant: Date.parse(String(row?.[field])) || 0 }))
      .sort((a, b) => sign * (a.instant - b.instant))
      .map(({ row }) => row);
}
