import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Instant } from '../../base/instant.ts';

/** A certificate with its private key. */
export interface Certificate {
  readonly privateKey: KeyObject;
  /** SHA-256 of the certificate, base64url. */
  readonly thumbprint: string;
  readonly endsAt: Instant;
}

/**
 * Reads what Key Vault gives for a certificate's secret: PEM, or a PFX in base64 without a password.
 * @throws Error whose message says what is wrong and holds nothing of the key
 */
export async function parseCertificate(text: string): Promise<Certificate> {
  const pem = text.includes('-----BEGIN') ? text : await pemOfPfx(text);
  const blocks = blocksOf(pem);
  const keyPem = blocks.find(block => block.label.endsWith('PRIVATE KEY'))?.pem;
  if (!keyPem) throw new Error('it holds no private key');
  const privateKey = readKey(keyPem);
  if (privateKey.asymmetricKeyType !== 'rsa') throw new Error('its key is not an RSA key');
  const certificates = blocks
    .filter(block => block.label === 'CERTIFICATE')
    .map(block => new X509Certificate(block.pem));
  // Issuers may stand before or after it: ours is the one the key belongs to.
  const own = certificates.find(certificate => certificate.checkPrivateKey(privateKey));
  if (!own) throw new Error('it holds no certificate of its key');
  return {
    privateKey,
    thumbprint: Buffer.from(own.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    endsAt: own.validToDate.getTime(),
  };
}

function blocksOf(pem: string): { label: string; pem: string }[] {
  return pem
    .split('-----BEGIN ')
    .slice(1)
    .flatMap(text => {
      const label = text.slice(0, Math.max(0, text.indexOf('-----')));
      const [block, rest] = text.split(`-----END ${label}-----`, 2);
      return rest === undefined ? [] : [{ label, pem: `-----BEGIN ${block}-----END ${label}-----` }];
    });
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error('its private key cannot be read');
  }
}

/** Node cannot read the key out of a PFX. */
async function pemOfPfx(base64: string): Promise<string> {
  const { default: forge } = await import('node-forge');
  try {
    const pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(forge.util.decode64(base64.trim())), '');
    const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
    const bagsOf = (type = '') => pfx.getBags({ bagType: type })[type] ?? [];
    const keys = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].flatMap(bag => bag.key ?? []);
    const certificates = bagsOf(certBag).flatMap(bag => bag.cert ?? []);
    return [
      ...keys.map(key => forge.pki.privateKeyToPem(key)),
      ...certificates.map(certificate => forge.pki.certificateToPem(certificate)),
    ].join('\n');
  } catch {
    throw new Error('it is neither PEM nor a PFX without a password');
  }
}
