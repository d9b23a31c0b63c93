import { BlobServiceClient, type StorageSharedKeyCredential } from "@azure/storage-blob";
import { blobListener } from "azure-laptop";
import { once } from "node:events";
import { createServer, request, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const unknown: string[] = [];
let emulator: Server;
let storage: Server;
let seen: { readonly url: URL; readonly body: string; readonly authorization: string | undefined };

async function serve(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Of the emulator's one account, whose key everybody knows. */
function client(port: number): BlobServiceClient {
  const pipeline = BlobServiceClient.fromConnectionString("UseDevelopmentStorage=true").credential;
  return new BlobServiceClient(`http://127.0.0.1:${port}/devstoreaccount1`, pipeline as StorageSharedKeyCredential);
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  emulator = await serve((asked, response) => {
    void text(asked).then((body) => {
      seen = { url: new URL(asked.url!, "http://any"), body, authorization: asked.headers.authorization };
      response.writeHead(201, { etag: "one" }).end("done");
    });
  });
  storage = await serve(blobListener(client(portOf(emulator)), (what) => unknown.push(what)));
});
afterAll(() => [emulator, storage].forEach((server) => server.close()));

async function put(path: string) {
  const headers = { host: "stplant.blob.core.windows.net", authorization: "Bearer of-azure" };
  const asked = request({ host: "127.0.0.1", port: portOf(storage), path, method: "PUT", headers });
  asked.end("content");
  const [response] = await once(asked, "response");
  return { status: response.statusCode as number, etag: response.headers.etag as string | undefined };
}

test("a blob of an account is a blob of the emulator's container for it, with the emulator's own signature", async () => {
  expect(await put("/landing/incoming/a%20b.csv?comp=block")).toEqual({ status: 201, etag: "one" });
  expect(seen.url.pathname).toBe("/devstoreaccount1/stplant-landing/incoming/a%20b.csv");
  expect(Object.fromEntries(seen.url.searchParams)).toMatchObject({ comp: "block", sig: expect.any(String) });
  expect(seen).toMatchObject({ body: "content", authorization: undefined });
});

test("what is asked of the account itself is named, and refused", async () => {
  expect((await put("/?comp=properties&restype=service")).status).toBe(404);
  expect(unknown).toEqual(["PUT stplant.blob.core.windows.net/?comp=properties&restype=service"]);
});
