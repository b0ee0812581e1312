import type { CustomFetch } from 'openid-client';
import { exchange, type HttpResponse } from '../../base/http-exchange.ts';

// Tokens and device codes are a few kilobytes.
const LARGEST_BODY = 1024 * 1024;

/**
 * As much of `fetch` as the sign-in library uses. Node's own would be loaded for this one call an hour, and loading it costs
 * 25 ms and 14 MB.
 */
export const tokenFetch: CustomFetch = async (address, { method, headers, body, signal }) => {
  const request = { url: new URL(address), method, headers };
  const limits = { maxBytes: LARGEST_BODY, signal };
  const response = await exchange({ ...request, ...(body && { body: String(body) }) }, limits);
  return new TokenResponse(response) as unknown as Response;
};

/** A response that was read to its end, with the face of fetch's. */
class TokenResponse {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly bodyUsed = false;
  readonly body = null;
  readonly #text: string;

  constructor({ status, headers, text }: HttpResponse) {
    this.status = status;
    this.headers = headers;
    this.#text = text;
  }

  get [Symbol.toStringTag](): string {
    return 'Response';
  }

  clone(): this {
    return this;
  }

  async text(): Promise<string> {
    return this.#text;
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }
}
