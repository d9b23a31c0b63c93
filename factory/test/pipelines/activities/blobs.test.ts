import { Azurite } from "../../azurite";
import { testCopy } from "./blobs/copy";
import { testCopyColumns } from "./blobs/copy-columns";
import { testCopyFolders } from "./blobs/copy-folders";
import { testCopyMapping } from "./blobs/copy-mapping";
import { testCopySkipping } from "./blobs/copy-skipping";
import { testCopyStaging } from "./blobs/copy-staging";
import { testDelete } from "./blobs/delete";
import { testGetMetadata } from "./blobs/get-metadata";
import { testLookup } from "./blobs/lookup";
import { testStorageOption } from "./blobs/storage-option";
import { testValidation } from "./blobs/validation";

// All that works on blobs shares one emulator: to start one takes longer than most tests.
let azurite: Azurite;
beforeAll(async () => (azurite = await Azurite.start()), 60_000);
afterAll(() => azurite.stop());

describe("Copy", () => {
  testCopy(() => azurite);
  testCopyMapping(() => azurite);
  describe("folders", () => testCopyFolders(() => azurite));
  describe("additional columns", () => testCopyColumns(() => azurite));
  describe("skipping", () => testCopySkipping(() => azurite));
  describe("staging", () => testCopyStaging(() => azurite));
});
describe("Delete", () => testDelete(() => azurite));
describe("GetMetadata", () => testGetMetadata(() => azurite));
describe("Lookup", () => testLookup(() => azurite));
describe("Validation", () => testValidation(() => azurite));
describe("--storage", () => testStorageOption(() => azurite));
