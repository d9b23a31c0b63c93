import { AzureProxy, listener } from "azure-laptop";
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, request } from "node:http";
import { request as secureRequest } from "node:https";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";

let proxy: AzureProxy;
const unknown: string[] = [];

beforeAll(async () => {
  const answer = listener({
    routes: [{ method: "GET", path: "/subscriptions", handle: ({ host }) => ({ host }) }],
    onUnknown: (path) => unknown.push(path),
  });
  const services = [{ hosts: ["management.azure.com", "*.blob.core.windows.net"], answer }];
  proxy = await AzureProxy.start({ services, onUnknown: (host) => unknown.push(host) });
});
afterAll(() => proxy.stop());

/** Asks the proxy to lead to a host. */
async function lead(host: string, port = 443, authorization?: string) {
  const url = new URL(proxy.url);
  const credentials = authorization ?? `Basic ${Buffer.from(`${url.username}:${url.password}`).toString("base64")}`;
  const asked = request({
    ...{ host: url.hostname, port: url.port, method: "CONNECT", path: `${host}:${port}` },
    headers: { "proxy-authorization": credentials },
  });
  asked.end();
  const [response, socket] = (await once(asked, "connect")) as [IncomingMessage, Socket];
  return { status: response.statusCode, socket };
}

/** What a host of Azure answers, as who trusts the certificate sees it. */
async function get(host: string, path = "/subscriptions") {
  const { socket } = await lead(host);
  const asked = secureRequest({ host, path, createConnection: undefined, socket, ca: proxy.certificate } as object);
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return { status: response.statusCode, body: JSON.parse(await text(response)) as unknown };
}

test("Azure's hosts are answered here, by their names", async () => {
  for (const host of ["management.azure.com", "stplant.blob.core.windows.net"])
    expect(await get(host)).toEqual({ status: 200, body: { host } });
});

test("a host of Azure that nothing answers for is named, and never asked", async () => {
  const { status } = await get("login.microsoftonline.com").catch((error: Error) => ({ status: error.message }));
  // Its name is not in the certificate: a client that checks names says so itself.
  expect(status).toContain("login.microsoftonline.com");
});

test("a request that no route has is named", async () => {
  expect((await get("management.azure.com", "/tenants")).status).toBe(404);
  expect(unknown).toContain("GET management.azure.com/tenants");
});

test("other hosts are led to", async () => {
  const registry = createServer((socket) => socket.once("data", (asked) => socket.end(`hello ${asked}`)));
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
  const { socket } = await lead("127.0.0.1", (registry.address() as AddressInfo).port);
  socket.write("terraform");
  expect(await text(socket)).toBe("hello terraform");
  registry.close();
});

test("other hosts are led to through a proxy of the user's, where there is one", async () => {
  const asked: (string | undefined)[] = [];
  const users = createHttpServer().listen(0, "127.0.0.1");
  users.on("connect", ({ url, headers }: IncomingMessage, socket: Socket) => {
    asked.push(url, headers["proxy-authorization"]);
    socket.end("HTTP/1.1 200 OK\r\n\r\n");
  });
  await once(users, "listening");
  const { port } = users.address() as AddressInfo;
  const first = proxy;
  proxy = await AzureProxy.start({
    services: [],
    onUnknown: () => undefined,
    upstream: `http://me:p%40ss@127.0.0.1:${port}`,
  });
  expect((await lead("registry.terraform.io")).status).toBe(200);
  expect(asked).toEqual(["registry.terraform.io:443", `Basic ${Buffer.from("me:p@ss").toString("base64")}`]);
  await proxy.stop();
  proxy = first;
  users.close();
});

test("nobody is let in without the token", async () => {
  const { status, socket } = await lead("management.azure.com", 443, "Basic bm86bm8=");
  expect(status).toBe(407);
  socket.destroy();
});
