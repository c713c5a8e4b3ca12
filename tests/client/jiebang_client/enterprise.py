"""What an enterprise does, from its registration to the receipt."""

from jiebang_client.errors import CallError
from jiebang_client.paperwork import answers

DISCRETE = "MANUFACTURING_TYPE_DISCRETE"
PROCESS = "MANUFACTURING_TYPE_PROCESS"


class Enterprise:
    """An applicant that applies through one unit. `caller` has its credentials."""

    def __init__(self, caller, uscc, programme, unit):
        self.caller = caller
        self.uscc = uscc
        self.parent = f"programmes/{programme}/units/{unit}/applicants/{uscc}"

    @property
    def name(self):
        return f"applicants/{self.uscc}"

    def register(self, display_name, region_code, industry_code="3831", legal_form="LEGAL_FORM_LEGAL_PERSON", **more):
        applicant = {"name": self.name, "display_name": display_name, "legal_form": legal_form}
        applicant |= {"region_code": region_code, "industry_code": industry_code, **more}
        return self.caller.call("ApplicationService/CreateApplicant", applicant=applicant).applicant

    def plant(self, object_id="plant", industry_code="3831", region_code="320500", **more):
        """Registers what is assessed, once; its name."""
        name = f"{self.name}/objects/{object_id}"
        details = {"title": "一号工厂", "kind": "KIND_PLANT", "size": "ENTERPRISE_SIZE_LARGE", **more}
        details |= {"industry_code": industry_code, "region_code": region_code}
        try:
            self.caller.call("ObjectService/CreateObject", parent=self.name, object_id=object_id, object=details)
        except CallError as error:
            if error.reason != "OBJECT_EXISTS":
                raise
        return name

    def assess(self, model, level, manufacturing_type=DISCRETE, assessment_id="self-2023"):
        """Submits a self-assessment of the plant that comes to `level`; the frozen assessment."""
        assessment = {"model": model.name, "manufacturing_type": manufacturing_type, "object": self.plant()}
        assessment["answers"] = answers(model, manufacturing_type, level)
        made = self.caller.call(
            "MaturityService/CreateAssessment", parent=self.name, assessment_id=assessment_id, assessment=assessment
        )
        return self.caller.call("MaturityService/SubmitAssessment", name=made.assessment.name).assessment

    def draft(self, application_id, content, **more):
        """Starts an application with what `Paperwork.application` gives."""
        return self.caller.call(
            "ApplicationService/CreateApplication",
            parent=self.parent,
            application_id=application_id,
            application=content,
            **more,
        ).application

    def submit(self, application, **more):
        """Files it; the receipt."""
        return self.caller.call("ApplicationService/SubmitApplication", name=application.name, **more).receipt

    def file(self, application_id, content):
        """Drafts and files at once; the receipt."""
        return self.submit(self.draft(application_id, content))
