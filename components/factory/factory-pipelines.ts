import { DataFactoryPipeline } from "@cdktf/provider-azurerm/lib/data-factory-pipeline";
import { DataFactoryTriggerBlobEvent } from "@cdktf/provider-azurerm/lib/data-factory-trigger-blob-event";
import { DataFactoryTriggerSchedule } from "@cdktf/provider-azurerm/lib/data-factory-trigger-schedule";
import { Construct } from "constructs";
import { executedBy, withNested } from "../../pipelines/language/activity";
import type { Pipeline } from "../../pipelines/language/pipeline";
import { activitiesJson } from "../../pipelines/language/render";
import type { BlobEventTrigger, ScheduleTrigger, Trigger } from "../../pipelines/language/trigger";
import type { Factory } from "./factory";
import { Revision } from "./revision";

export interface FactoryPipelinesProps {
  readonly factory: Factory;
  /** One that another one starts is before it. */
  readonly pipelines: readonly Pipeline[];
  readonly triggers: readonly Trigger[];
  /** Resource id of the storage account whose events start pipelines. */
  readonly storageAccountId: string;
}

/**
 * Triggers are made stopped, and `npm run triggers` starts them: the provider starts one before it records it, so that a refused start
 * would leave a trigger that Terraform does not know. Whether one is started is not Terraform's to change afterwards.
 */
const madeStopped = { activated: false, lifecycle: { ignoreChanges: ["activated"] } };

/** Pipelines of a factory and what starts them. */
export class FactoryPipelines extends Construct {
  private readonly deployed = new Map<string, DataFactoryPipeline>();
  /** By pipeline, the addresses of what it is replaced with: nothing can be deleted while something names it. */
  private readonly revisions = new Map<string, readonly string[]>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FactoryPipelinesProps,
  ) {
    super(scope, id);
    for (const pipeline of props.pipelines) this.deployed.set(pipeline.name, this.addPipeline(pipeline));
    for (const trigger of props.triggers) {
      if (trigger.type === "BlobEventsTrigger") this.addBlobEventTrigger(trigger);
      else this.addScheduleTrigger(trigger);
    }
  }

  private addPipeline(pipeline: Pipeline): DataFactoryPipeline {
    const { factory } = this.props;
    const stated = {
      description: pipeline.description,
      ...(pipeline.concurrency !== undefined && { concurrency: pipeline.concurrency }),
      parameters: pipeline.parameters,
      activitiesJson: activitiesJson(pipeline),
    };
    const started = executedBy(pipeline.activities);
    const isReadBackOtherwise = pipeline.activities.flatMap(withNested).some(({ type }) => type === "WebActivity");
    // The provider reads the authentication of a WebActivity back with a password and a certificate that are not there: every plan
    // would change it, and send them. So Terraform looks at what was stated, and replaces the pipeline when that changes.
    const own = isReadBackOtherwise ? [new Revision(this, `${pipeline.name}-revision`, stated).address] : [];
    const replaceTriggeredBy = [...own, ...this.revisionsOf(started)];
    this.revisions.set(pipeline.name, replaceTriggeredBy);
    return new DataFactoryPipeline(this, pipeline.name, {
      dataFactoryId: factory.dataFactoryId,
      name: pipeline.name,
      ...stated,
      ...(replaceTriggeredBy.length > 0 && {
        lifecycle: { replaceTriggeredBy, ...(isReadBackOtherwise && { ignoreChanges: ["activities_json"] }) },
      }),
      // The JSON names these in plain text, which Terraform does not see.
      dependsOn: [factory.linkedService, ...this.named(started)],
    });
  }

  private addBlobEventTrigger(trigger: BlobEventTrigger): void {
    new DataFactoryTriggerBlobEvent(this, trigger.name, {
      ...this.common(trigger),
      storageAccountId: this.props.storageAccountId,
      events: [...trigger.events],
      blobPathBeginsWith: trigger.blobPathBeginsWith,
      ignoreEmptyBlobs: trigger.ignoreEmptyBlobs,
    });
  }

  private addScheduleTrigger(trigger: ScheduleTrigger): void {
    const { frequency, interval, startTime, timeZone, schedule } = trigger.recurrence;
    new DataFactoryTriggerSchedule(this, trigger.name, {
      ...this.common(trigger),
      frequency,
      interval,
      startTime,
      timeZone,
      ...(schedule && {
        schedule: {
          hours: [...schedule.hours],
          minutes: [...schedule.minutes],
          ...(schedule.weekDays && { daysOfWeek: [...schedule.weekDays] }),
          ...(schedule.monthDays && { daysOfMonth: [...schedule.monthDays] }),
        },
      }),
    });
  }

  private common({ name, description, pipelines }: Trigger) {
    const started = pipelines.map((pipeline) => pipeline.name);
    const replaceTriggeredBy = this.revisionsOf(started);
    return {
      dataFactoryId: this.props.factory.dataFactoryId,
      name,
      description,
      activated: madeStopped.activated,
      lifecycle: { ...madeStopped.lifecycle, ...(replaceTriggeredBy.length > 0 && { replaceTriggeredBy }) },
      pipeline: started.map((pipeline) => ({ name: pipeline })),
      // A pipeline that a trigger names can neither be missing nor be deleted.
      dependsOn: this.named(started),
    };
  }

  private revisionsOf(pipelines: readonly string[]): string[] {
    return pipelines.flatMap((name) => this.revisions.get(name) ?? []);
  }

  private named(pipelines: readonly string[]): DataFactoryPipeline[] {
    return pipelines.flatMap((name) => this.deployed.get(name) ?? []);
  }
}
