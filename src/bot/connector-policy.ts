import type { Headers } from '../base/retry-after.ts';

interface ConnectorRequest {
  /** Milliseconds. */
  timeout: number;
  abortSignal?: AbortSignal;
  onDownloadProgress?: (progress: { readonly loadedBytes: number }) => void;
}

interface ConnectorResponse {
  readonly status: number;
  readonly headers: Headers;
  bodyAsText?: string | null;
}

/** One link of the chain through which the connector's client sends. */
export interface ConnectorPolicy {
  readonly name: string;
  sendRequest<Request extends ConnectorRequest, Response extends ConnectorResponse>(
    request: Request,
    next: (request: Request) => Promise<Response>,
  ): Promise<Response>;
}
