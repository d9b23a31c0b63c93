/** Where the people of a project read what its pipelines have to say. Whatever is told again about the same thing takes the place of what was told before. */
export interface Service {
  /** Tells the readers of the pull request that is being checked. */
  comment(about: string, markdown: string): Promise<void>;
  /** Opens an issue, or brings the open one up to date. */
  openIssue(about: string, markdown: string): Promise<void>;
  /** Says that what an open issue is about is over. */
  resolveIssue(about: string): Promise<void>;
}
