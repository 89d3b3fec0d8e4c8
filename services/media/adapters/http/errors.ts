import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/media.yaml` in both directions. */
export const errors = {
  MEDIA_NOT_FOUND: { status: 404, title: 'No such media' },
  FILE_NOT_FOUND: { status: 404, title: 'No such file' },
  FILE_TOO_LARGE: { status: 413, title: 'The file is too large' },
  UNSUPPORTED_FILE: { status: 415, title: 'Files of this type are not accepted' },
  UNREADABLE_FILE: { status: 422, title: 'The file is damaged' },
  PICTURE_TOO_LARGE: { status: 422, title: 'The picture has too many pixels or frames' },
  MALWARE_FOUND: { status: 422, title: 'The file contains malware' },
  OTHER_FILE: { status: 422, title: 'Not the file that was announced' },
  MEDIA_IN_USE: { status: 409, title: 'Something refers to the media' },
  MEDIA_QUOTA_EXCEEDED: { status: 409, title: 'You have uploaded as much as you may' },
  NO_DIRECT_UPLOAD: { status: 409, title: 'Files are not sent to the storage directly' },
  UPLOAD_INCOMPLETE: { status: 409, title: 'The file has not arrived' },
  NOT_SIGNED: { status: 403, title: 'A signed URL is required' },
  RANGE_NOT_SATISFIABLE: { status: 416, title: 'The file is shorter' },
} as const satisfies ErrorCatalogue;

export type MediaCode = keyof typeof errors;
