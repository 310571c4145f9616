"""SMS through Twilio: a signed form in, TwiML out. The webhook's own answer carries the reply, so no number is kept."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from bot.bodies import read_body
from bot.channels import Clock, Take
from conversations.models import Channel, InboundMessage, MessageKind, Reply

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 256 * 1024  # a text message of ten thousand letters, each percent-encoded, with room to spare
MOST_FIELDS = 200
Form = ImmutableMultiDict[str, str]


class SmsWebhook:
    """POST /sms. Anything not signed with one of our tokens is refused before it is looked at."""

    def __init__(self, take: Take, tokens: Sequence[str], public_url: str, clock: Clock) -> None:
        self._take = take
        self._validators = [RequestValidator(token) for token in tokens]
        self._public_url = public_url
        self._clock = clock

    async def __call__(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            return PlainTextResponse("Send a form, as Twilio does.", 415)
        body = await read_body(request, MOST_BYTES)
        if body is None:
            return PlainTextResponse("Too long.", 413)
        form = read_form(body)
        if form is None:
            return PlainTextResponse("This is not a form.", 400)
        if not self._is_signed(request, form):
            return PlainTextResponse("The signature does not fit.", 403)
        address, message_id = form.get("From", ""), form.get("MessageSid", "") or form.get("SmsMessageSid", "")
        if not address or not message_id:
            return PlainTextResponse("From and MessageSid are needed.", 400)
        replies = await self._take(address, message_id, self._message(form))
        return Response(twiml(replies), media_type="application/xml")

    def _is_signed(self, request: Request, form: Form) -> bool:
        signature = request.headers.get("x-twilio-signature", "")
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{self._public_url}{request.url.path}{query}"
        # Every token is tried, so that the time taken does not tell which one fitted.
        fitting = [bool(signature) and validator.validate(url, form, signature) for validator in self._validators]
        return any(fitting)

    def _message(self, form: Form) -> InboundMessage:
        text = form.get("Body", "")
        media = form.get("NumMedia", "0") not in {"", "0"} and not text.strip()
        return InboundMessage(
            text=text,
            channel=Channel.SMS,
            received_at=self._clock(),
            kind=MessageKind.MEDIA if media else MessageKind.TEXT,
            handled_by_provider=form.get("OptOutType", ""),
        )


def read_form(body: bytes) -> Form | None:
    """All fields of a form, blank ones too, as Twilio signs them all. None if it is no form."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            max_num_fields=MOST_FIELDS,
            errors="replace",
        )
    except ValueError:
        return None
    return ImmutableMultiDict(pairs)


def twiml(replies: Sequence[Reply]) -> str:
    """One message at the most: two texts may arrive in any order."""
    response = MessagingResponse()
    if replies:
        response.message("\n".join(reply.text for reply in replies))
    return str(response)
