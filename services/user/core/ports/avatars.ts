/** Pictures that users have uploaded. */
export interface Avatars {
  /** Whether it is ready, for an avatar, and the user's own. Throws if the service that has it is unavailable. */
  isOwn(mediaId: string, userId: string): Promise<boolean>;
}
