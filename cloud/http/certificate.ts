/** What a server proves with that it is this machine. */
export interface Certificate {
  /** PEM. Whoever trusts it trusts this server and no other. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

const DAY = 86_400_000;
/** How long a server may run. */
const DAYS = 30;

/**
 * A new certificate of `127.0.0.1`, `localhost` and other hosts. Azure's clients send no token without TLS: Azure/azure-sdk-for-js#25206,
 * Azure/azure-sdk-for-python#8887.
 */
export async function makeCertificate(hosts: readonly string[] = [], now = new Date()): Promise<Certificate> {
  const { generate } = await import("selfsigned");
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY),
    notAfterDate: new Date(now.getTime() + DAYS * DAY),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...["localhost", ...hosts].map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { certificate: cert, key };
}
