import { orOutage, putFile, s3Client, type S3Bucket } from '#adapters/s3/s3-client.ts';
import type { LakeFiles } from '../lake/lake-files.ts';

export interface LakeBucket extends S3Bucket {
  /** Before each key: `lake/`. */
  readonly prefix: string;
}

const TYPE = 'application/vnd.apache.parquet';

/** Files in a bucket: there, an object appears completely or not at all. */
export const s3Files = (options: LakeBucket): LakeFiles => {
  const client = s3Client(options);
  return {
    put: (key, path) =>
      orOutage('the bucket of the lake', () =>
        putFile(client, options.bucket, options.prefix + key, path, TYPE),
      ),
  };
};
