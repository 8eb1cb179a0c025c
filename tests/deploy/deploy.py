"""Deploys form-function/template.yaml to an emulator of AWS, as `sam deploy` does to AWS, and prints what came of it as JSON.

    deploy.py ENDPOINT STACK TEMPLATE --code FormFunction=FOLDER --parameter PublicUrl=https://... --set NAME=VALUE

The template goes as it is, but for these differences, each of which ministack 1.5.33 needs:

* `CodeUri` becomes the address of an uploaded archive. On AWS `sam deploy` does the same.
* `--set` adds to the settings of both functions: there is no /var/task, so that FORMS_BUNDLE differs.
* The worker's right to send mail holds for every sender: the emulator judges it as if none were named.
* Time to live is switched on by a call of its own: the emulator's CloudFormation forgets it.
"""

import argparse
import io
import json
import pathlib
import re
import time
import zipfile

import boto3

REGION = "eu-central-1"


def pairs(texts):
    return dict(text.split("=", 1) for text in texts)


def archive(folder):
    """The archive that Lambda loads; whoever may read may run the program in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as files:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)))
                entry.external_attr = 0o100755 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                files.writestr(entry, path.read_bytes())
    return made.getvalue()


def upload(s3, bucket, template, code):
    """Puts the archives into a bucket and their addresses into the template."""
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    for function, folder in code.items():
        s3.put_object(Bucket=bucket, Key=f"{function}.zip", Body=archive(folder))
        found = re.compile(rf"(^  {function}:\n(?:    .*\n|\n)*?      CodeUri:) .*", re.M)
        template, replaced = found.subn(rf"\1 s3://{bucket}/{function}.zip", template)
        if replaced != 1:
            raise SystemExit(f"The template has no CodeUri of {function}")
    return template


def with_settings(template, settings):
    """Adds settings to those that both functions share."""
    for name, value in settings.items():
        template = re.sub(rf"^        {name}:.*\n", "", template, flags=re.M)
        template = template.replace("      Variables:\n", f"      Variables:\n        {name}: {json.dumps(value)}\n", 1)
    return template


def with_any_sender(template):
    """Widens the right to send mail."""
    found = re.compile(r"(Action: \[ses:SendEmail, ses:SendRawEmail\]\n +Resource:)\n(?: +- !Sub .*\n)+")
    template, replaced = found.subn(r'\1 "*"\n', template)
    if replaced != 1:
        raise SystemExit("The template gives no right to send mail")
    return template


def create(cloudformation, stack, template, parameters):
    cloudformation.create_stack(
        StackName=stack,
        TemplateBody=template,
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    until = time.monotonic() + 120
    while True:
        made = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        if not made["StackStatus"].endswith("_IN_PROGRESS"):
            break
        if time.monotonic() > until:
            raise SystemExit("The stack is not finished after two minutes")
        time.sleep(0.1)
    if made["StackStatus"] != "CREATE_COMPLETE":
        events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        reasons = [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
            for event in events
            if event["ResourceStatus"].endswith("FAILED")
        ]
        raise SystemExit(f"{made['StackStatus']}\n" + "\n".join(reasons))
    return {output["OutputKey"]: output["OutputValue"] for output in made.get("Outputs", [])}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("endpoint")
    arguments.add_argument("stack")
    arguments.add_argument("template", type=pathlib.Path)
    arguments.add_argument("--code", action="append", default=[])
    arguments.add_argument("--parameter", action="append", default=[])
    arguments.add_argument("--set", action="append", default=[], dest="settings")
    given = arguments.parse_args()

    def client(service):
        return boto3.client(service, endpoint_url=given.endpoint, region_name=REGION)

    template = with_settings(given.template.read_text(), pairs(given.settings))
    template = with_any_sender(template)
    template = upload(client("s3"), f"{given.stack}-code", template, pairs(given.code))
    cloudformation = client("cloudformation")
    outputs = create(cloudformation, given.stack, template, pairs(given.parameter))
    client("dynamodb").update_time_to_live(
        TableName=outputs["TableName"],
        TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
    )
    resources = cloudformation.describe_stack_resources(StackName=given.stack)["StackResources"]
    print(json.dumps({"outputs": outputs, "resources": sorted({made["ResourceType"] for made in resources})}))


if __name__ == "__main__":
    main()
