import { isPage } from '../base/page.ts';
import { ConnectorError } from './connector-error.ts';
import type { ConnectorPolicy } from './connector-policy.ts';

// Teams answers with an id, or with an error of some hundred bytes.
const LARGEST_BODY = 1024 * 1024;

/**
 * Reads of an answer no more than one of Teams' can hold, and takes nobody's page for one. A success whose body makes no
 * sense is one all the same: without an id.
 */
export const connectorAnswer: ConnectorPolicy = {
  name: 'connectorAnswer',
  async sendRequest(request, next) {
    const limit = new AbortController();
    request.abortSignal = limit.signal;
    request.onDownloadProgress = ({ loadedBytes }) => loadedBytes > LARGEST_BODY && limit.abort();
    const response = await next(request);
    const { status, headers, bodyAsText: body } = response;
    if (status < 200 || status >= 300) return response;
    if (isPage(headers.get('content-type') ?? '', body ?? '')) throw new ConnectorError(status, 'html');
    if (!isJson(body ?? '')) response.bodyAsText = null;
    return response;
  },
};

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
