import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { type IncomingMessage, request as send, type RequestListener, type ServerResponse } from "node:http";
import { emulated } from "./containers";

/** The one account of the storage emulator, with the key that everybody knows. Source: Microsoft, "Use the Azurite emulator". */
const EMULATOR = {
  account: "devstoreaccount1",
  key: "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
} as const;
const DAY = 86_400_000;

/** Answers as the Blob Storage of any account, from the emulator at `address`, such as `http://127.0.0.1:10000`. Everybody who got here may do everything. */
export function blobListener(address: string, onUnknown: (request: string) => void): RequestListener {
  return (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "https://localhost");
    const account = (request.headers.host ?? "").split(".")[0]!;
    const [container = "", ...blob] = pathname.slice(1).split("/");
    if (container === "") {
      onUnknown(`${request.method} ${request.headers.host}${pathname}${search}`);
      response.writeHead(404, { "x-ms-error-code": "ResourceNotFound" }).end();
      return;
    }
    const path = [EMULATOR.account, emulated(account, container), ...blob].join("/");
    forward(request, response, new URL(`/${path}${search}${search === "" ? "?" : "&"}${signature()}`, address));
  };
}

function signature(now = Date.now()): string {
  const permitted = {
    startsOn: new Date(now - DAY),
    expiresOn: new Date(now + DAY),
    permissions: AccountSASPermissions.parse("rwdxlacuptf"),
    services: AccountSASServices.parse("b").toString(),
    resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
  };
  const credential = new StorageSharedKeyCredential(EMULATOR.account, EMULATOR.key);
  return generateAccountSASQueryParameters(permitted, credential).toString();
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
