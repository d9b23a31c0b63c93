/** Two numbers, both included. */
export type Bounds = readonly [lowest: number, highest: number];

/** What is measured once an hour; `name` is its column in the files of telemetry. */
export interface Sensor<Name extends string = string> {
  readonly name: Name;
  readonly unit: string;
  /** What an hourly mean can be unless a setting says otherwise; rows outside are quarantined. */
  readonly plausible: Bounds;
  /** What hourly means were in the real plant: the simulator stays within. */
  readonly recorded: Bounds;
  /** Of a sound machine, as is the deviation. */
  readonly mean: number;
  readonly deviation: number;
}

/** What a machine logs beside its sensors; `name` is its `errorID`. */
export interface ErrorCode<Name extends string = string> {
  readonly name: Name;
  /** How often a year a machine logs it without a failure. */
  readonly aloneAYear: number;
}

/** What fails and is replaced, by its name in the files of failures and maintenance. */
export interface Component<
  Name extends string = string,
  SensorName extends string = string,
  ErrorName extends string = string,
> {
  readonly name: Name;
  /** The sensor in which its failures show, and by how much it moves in the two days before. */
  readonly sensor: SensorName;
  readonly shift: number;
  /** What all is logged a day before it fails; nothing, if the sensor alone tells. */
  readonly errors: readonly ErrorName[];
  /** How probably it fails at a visit 90 days after its replacement. */
  readonly risk: number;
}

/** A model of machines in the simulated plant; the notebooks take any name. */
export interface MachineModel {
  readonly name: string;
  /** Of all machines. */
  readonly share: number;
  /** By how much more probable failures are than on the mean machine. */
  readonly wear: number;
}

/** All that the product knows of a plant. The order is that of columns, tables and charts. */
export interface Plant<
  SensorName extends string = string,
  ErrorName extends string = string,
  ComponentName extends string = string,
> {
  readonly sensors: readonly [Sensor<SensorName>, ...Sensor<SensorName>[]];
  readonly errors: readonly ErrorCode<ErrorName>[];
  readonly components: readonly [
    Component<ComponentName, NoInfer<SensorName>, NoInfer<ErrorName>>,
    ...Component<ComponentName, NoInfer<SensorName>, NoInfer<ErrorName>>[],
  ];
  readonly models: readonly [MachineModel, ...MachineModel[]];
  /** How many hours before the end of a window its features look back at sensors and at errors, the shortest first; a day is among them. */
  readonly sensorHours: readonly number[];
  readonly errorHours: readonly number[];
}

/** The description as it is, with the names in its type: a sensor or an error that it does not have is an error of types. */
export const described = <
  const SensorName extends string,
  const ErrorName extends string,
  const ComponentName extends string,
>(
  plant: Plant<SensorName, ErrorName, ComponentName>,
): Plant<SensorName, ErrorName, ComponentName> => plant;
