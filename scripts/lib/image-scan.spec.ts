import { describe, expect, it } from 'vitest';
import { scanTroubles, type Aws } from './image-scan.ts';

const IMAGE = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/cart@sha256:index';

/** Answers as the AWS CLI does; notes what it was asked for. */
const makeAws = (manifest: unknown, findings: unknown) => {
  const asked: string[] = [];
  const aws: Aws = (...args) => {
    asked.push(args.join(' '));
    return Promise.resolve(
      args[1] === 'batch-get-image' ? JSON.stringify(manifest) : JSON.stringify(findings),
    );
  };
  return { aws, asked };
};

const INDEX = {
  manifests: [
    { digest: 'sha256:arm', platform: { os: 'linux' } },
    { digest: 'sha256:attestation', platform: { os: 'unknown' } },
  ],
};

describe('The scan of an image', () => {
  it('reports critical findings', async () => {
    const { aws } = makeAws(INDEX, [
      { name: 'CVE-1', severity: 'CRITICAL' },
      { name: 'CVE-2', severity: 'HIGH' },
    ]);
    expect(await scanTroubles([IMAGE], new Set(), aws)).toEqual(['shop/cart: CVE-1 is CRITICAL']);
  });

  it('reports nothing that was accepted', async () => {
    const { aws } = makeAws(INDEX, [{ name: 'CVE-1', severity: 'CRITICAL' }]);
    expect(await scanTroubles([IMAGE], new Set(['CVE-1']), aws)).toEqual([]);
  });

  it('is awaited, and is that of the image inside its index', async () => {
    const { aws, asked } = makeAws(INDEX, null);
    await scanTroubles([IMAGE], new Set(), aws);
    expect(asked.slice(1)).toEqual([
      'ecr wait image-scan-complete --repository-name shop/cart --image-id imageDigest=sha256:arm',
      expect.stringContaining(
        'describe-image-scan-findings --repository-name shop/cart --image-id imageDigest=sha256:arm',
      ),
    ]);
  });

  it('is that of the image itself if there is no index', async () => {
    const { aws, asked } = makeAws({ layers: [] }, []);
    await scanTroubles([IMAGE], new Set(), aws);
    expect(asked.at(-1)).toContain('imageDigest=sha256:index');
  });
});
