import { entraRoutes, listener } from "azure-laptop";
import { SIGNED_IN } from "azure-laptop/identity";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

let server: Server;

beforeAll(async () => {
  server = createServer(listener({ routes: entraRoutes(() => Date.parse("2026-11-30T10:00:00Z")) }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

const answer = z.object({ access_token: z.string(), expires_in: z.number() });

function ask(form: Readonly<Record<string, string>>): Promise<Response> {
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/${SIGNED_IN.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
}

test("whoever shows a secret or an assertion gets a token that names him and the service", async () => {
  const scope = "https://management.azure.com/.default";
  for (const proof of ["client_secret", "client_assertion"]) {
    const { access_token, expires_in } = answer.parse(await (await ask({ scope, [proof]: "any" })).json());
    expect(JSON.parse(Buffer.from(access_token.split(".")[1]!, "base64url").toString())).toMatchObject({
      aud: "https://management.azure.com",
      oid: SIGNED_IN.objectId,
      tid: SIGNED_IN.tenantId,
      exp: Date.parse("2026-11-30T10:00:00Z") / 1_000 + expires_in,
    });
  }
});

test("without either there is none", async () => {
  const refused = await ask({ scope: "any" });
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain("AADSTS7000218");
});
