// Sealing records for the server: HPKE (RFC 9180), P-256, HKDF-SHA256, AES-256-GCM. Whoever finds
// the phone cannot read what waits to be sent, and nor can its owner any more.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "./vendor/hpke.js";

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const text = new TextEncoder();

/** Return what seals for a server's public key (base64 of its 65 bytes). */
export async function sealer(publicKey) {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(publicKey));
  return async (key, device, told) => {
    const info = text.encode(`dayround record 1|${device}|${key}`);
    const sent = await suite.seal({ recipientPublicKey, info }, text.encode(JSON.stringify(told)));
    return base64(new Uint8Array([...new Uint8Array(sent.enc), ...new Uint8Array(sent.ct)]));
  };
}

export function bytes(base64text) {
  return Uint8Array.from(atob(base64text), (letter) => letter.charCodeAt(0));
}

export function base64(array) {
  const parts = [];
  for (let at = 0; at < array.length; at += 0x8000) {
    parts.push(String.fromCharCode(...array.subarray(at, at + 0x8000)));
  }
  return btoa(parts.join(""));
}
