import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { RestError, type TableClient } from '@azure/data-tables';

/**
 * Reads that go through a table client's own pipeline, with its identity and retries, but past its conversion of every
 * request and row: that costs more than all the rest of a poll which finds nothing new, and a third of a detail request.
 */

const http = createDefaultHttpClient();

/**
 * The rows that a filter finds, 1,000 a page, only the columns named and without ETags. The next page is on its way while
 * one is worked on.
 * @throws RestError as the client's own calls do
 */
export async function* readPages<Row>(
  table: TableClient,
  { filter, select }: { readonly filter: string; readonly select: readonly string[] },
): AsyncGenerator<readonly Row[]> {
  const query = { $filter: filter, $select: select.join(','), $top: '1000' };
  const page = (next: Readonly<Record<string, string>>) => get(table, `()?${inAddress({ ...query, ...next })}`, 'no');
  let coming: Promise<TableAnswer> | null = page({});
  while (coming !== null) {
    const answer: TableAnswer = await coming;
    if (answer.status !== 200) throw failureOf(answer);
    const partition = answer.headers.get('x-ms-continuation-nextpartitionkey');
    const row = answer.headers.get('x-ms-continuation-nextrowkey');
    coming = partition ? page({ NextPartitionKey: partition, ...(row && { NextRowKey: row }) }) : null;
    // Its failure is met when its turn comes.
    coming?.catch(() => {});
    yield (answer.parsedBody as { readonly value: Row[] } | undefined)?.value ?? [];
  }
}

/**
 * One row, whole; null when it or its table is not there.
 * @throws RestError as the client's own calls do
 */
export async function readRow<Row>(
  table: TableClient,
  partitionKey: string,
  rowKey: string,
): Promise<(Row & { readonly etag: string }) | null> {
  const place = `(PartitionKey='${inKey(partitionKey)}',RowKey='${inKey(rowKey)}')`;
  const answer = await get(table, place, 'minimal');
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw failureOf(answer);
  const row = answer.parsedBody as Row & { readonly 'odata.etag': string };
  return { ...row, etag: row['odata.etag'] };
}

/** An answer whose body the client's pipeline has parsed. */
type TableAnswer = PipelineResponse & { readonly parsedBody?: unknown };

/** Only minimal metadata tells ETags. */
function get(table: TableClient, place: string, metadata: 'no' | 'minimal'): Promise<TableAnswer> {
  const request = createPipelineRequest({
    url: `${table.url.replace(/\/$/, '')}/${table.tableName}${place}`,
    headers: createHttpHeaders({
      accept: `application/json;odata=${metadata}metadata`,
      dataserviceversion: '3.0',
      'x-ms-version': '2019-02-02',
    }),
    allowInsecureConnection: table.url.startsWith('http:'),
  });
  return table.pipeline.sendRequest(http, request);
}

function inAddress(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** OData doubles a quotation mark inside a text. */
function inKey(key: string): string {
  return encodeURIComponent(key.replaceAll("'", "''"));
}

function failureOf({ status, bodyAsText }: TableAnswer): RestError {
  const code = /"code":\s*"(\w+)"/.exec(bodyAsText ?? '')?.[1];
  return new RestError(`The table answered ${status}`, { statusCode: status, ...(code && { code }) });
}
