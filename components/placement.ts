/** Where an Azure resource is put. */
export interface Placement {
  readonly resourceGroupName: string;
  /** Azure region. */
  readonly location: string;
}
