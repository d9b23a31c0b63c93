import { AccountSASPermissions, type BlobServiceClient } from "@azure/storage-blob";
import { type IncomingMessage, request as send, type RequestListener, type ServerResponse } from "node:http";
import { emulated } from "./containers";

const DAY = 86_400_000;

/** Answers as the Blob Storage of any account, from an emulator. Everybody who got here may do everything. */
export function blobListener(emulator: BlobServiceClient, onUnknown: (request: string) => void): RequestListener {
  return (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "https://localhost");
    const account = (request.headers.host ?? "").split(".")[0]!;
    const [container = "", ...blob] = pathname.slice(1).split("/");
    if (container === "") {
      onUnknown(`${request.method} ${request.headers.host}${pathname}${search}`);
      response.writeHead(404, { "x-ms-error-code": "ResourceNotFound" }).end();
      return;
    }
    const url = signed(emulator);
    url.pathname = [url.pathname.replace(/\/+$/, ""), emulated(account, container), ...blob].join("/");
    url.search = `${search}${search === "" ? "?" : "&"}${url.search.slice(1)}`;
    forward(request, response, url);
  };
}

/** The address of the emulator's account, with what lets somebody in. */
function signed(emulator: BlobServiceClient, now = Date.now()): URL {
  const permitted = AccountSASPermissions.parse("rwdxlacuptf");
  const startsOn = new Date(now - DAY);
  return new URL(emulator.generateAccountSasUrl(new Date(now + DAY), permitted, "sco", { startsOn }));
}

/** The request as it came, but for who sent it. */
function forward(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const headers = { ...request.headers };
  delete headers.authorization;
  delete headers.host;
  const outgoing = send(url, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.once("error", (error) => response.writeHead(503, { "x-ms-error-code": "ServerBusy" }).end(String(error)));
  request.pipe(outgoing);
}
