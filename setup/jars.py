"""Resolves Spark's jars by their coordinates into .runtime/jars and holds them against their locked checksums."""

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pyspark
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

PACKAGES = (
    "io.delta:delta-spark_2.13:4.0.0",
    "org.apache.hadoop:hadoop-azure:3.4.1",
    "com.globalmentor:hadoop-bare-naked-local-fs:0.1.0",
)
LOCK = Path(__file__).with_name("jars.sha256")
JARS = Path(".runtime/jars")


def trust_store(folder: Path) -> list[str]:
    """Java options that trust what this machine trusts: a Java runtime has its own list, without a company's proxy."""
    bundle = ssl.get_default_verify_paths().cafile
    if bundle is None:
        return []
    warnings.simplefilter("ignore")
    certificates = x509.load_pem_x509_certificates(Path(bundle).read_bytes())
    entries = [pkcs12.PKCS12Certificate(each, str(number).encode()) for number, each in enumerate(certificates)]
    store = folder / "trust.p12"
    store.write_bytes(pkcs12.serialize_java_truststore(entries, BestAvailableEncryption(b"changeit")))
    return [f"-Djavax.net.ssl.trustStore={store}", "-Djavax.net.ssl.trustStorePassword=changeit"]


def resolve(folder: Path) -> Path:
    """Lets Spark's own resolver download the packages and what they need; returns the folder of jars."""
    nothing = folder / "nothing.py"
    nothing.write_text("")
    command = [
        str(Path(pyspark.__file__).with_name("bin") / "spark-submit"),
        *("--driver-java-options", " ".join(trust_store(folder))),
        *("--conf", f"spark.jars.ivy={folder / 'ivy'}", "--packages", ",".join(PACKAGES), str(nothing)),
    ]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment.pop("SPARK_HOME", None)
    if subprocess.run(command, env=environment).returncode != 0:
        sys.exit(f"{' and '.join(PACKAGES)} could not be resolved")
    return folder / "ivy" / "jars"


def main() -> None:
    locked = dict(reversed(line.split()) for line in LOCK.read_text().splitlines())
    with tempfile.TemporaryDirectory() as folder:
        jars = resolve(Path(folder))
        found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars.glob("*.jar")}
        wrong = sorted(name for name in locked.keys() | found.keys() if locked.get(name) != found.get(name))
        if wrong:
            sys.exit(f"not as locked in {LOCK.name}: {', '.join(wrong)}")
        shutil.rmtree(JARS, ignore_errors=True)
        shutil.copytree(jars, JARS)


if __name__ == "__main__":
    main()
