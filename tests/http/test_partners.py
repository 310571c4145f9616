"""Signing in to the partners' pages, and everything that somebody else might try."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from bot.partners.finding import Issued
from bot.partners.sign_in import GUESSES_AT_NOBODY, GUESSES_EACH, GUESSES_WITHIN, LINK_LASTS, SESSION_LASTS
from tests.partner_site import NAME, PASSWORD, Site, now, send, serving, sign_in
from tests.releases import releases

GUARDED = (
    "/partners",
    "/partners?period=2026-10",
    "/partners/report",
    "/partners/tables.zip",
    "/partners/statistics.xlsx",
    "/partners/dictionary.csv",
    "/partners/not-published.csv",
    "/partners/tables/identified-month.csv",
    "/partners/tables/..%2f..%2fetc%2fpasswd",
    "/partners/no/such/page",
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path / "partners.sqlite3", Issued(releases(months=4))) as served:
        yield served


def test_from_the_link_to_the_statistics_and_out_again(site: Site) -> None:
    with site.signed_in() as partner:
        page = partner.get("/partners")
        assert (page.status_code, NAME in page.text, "Statistics for October 2026" in page.text) == (200, True, True)
        assert send(partner, "/partners", "/partners/sign-out").headers["location"] == "/partners/sign-in"
        assert partner.get("/partners").headers["location"] == "/partners/sign-in"
        assert sign_in(partner, "  example   CARERS ").headers["location"] == "/partners"
        assert partner.get("/partners").status_code == 200


@pytest.mark.parametrize(
    "path", ["/partners?period=2026-09", "/partners/report?period=2026-10", "/partners/tables/identified-month.csv"]
)
def test_whoever_follows_a_link_gets_there_after_signing_in(site: Site, path: str) -> None:
    with site.signed_in():
        pass
    with site.visitor() as partner:
        asked = partner.get(path).headers["location"]
        assert asked.startswith("/partners/sign-in?to=%2Fpartners")
        assert partner.get(asked).text.count(f'name="to" value="{path}"') == 1
        wrong = send(partner, asked, "/partners/sign-in", name=NAME, password="a wrong one", to=path)
        assert f'name="to" value="{path}"' in wrong.text
        entered = send(partner, asked, "/partners/sign-in", name=NAME, password=PASSWORD, to=path)
        assert (entered.status_code, entered.headers["location"]) == (303, path)
        assert partner.get(asked).headers["location"] == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/partners",
        "//elsewhere.example",
        "/partners//elsewhere.example",
        "/partners/../health",
        "/partnersx",
        "/partners/%2e%2e/health",
        "/partners\\elsewhere",
        "/partners\r\nSet-Cookie: a=b",
        "/partners@elsewhere.example",
        "/partners/sign-out",
        "/partners/set-up/x",
        "/",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(site: Site, elsewhere: str) -> None:
    with site.signed_in() as partner:
        asked = partner.get("/partners/sign-in", params={"to": elsewhere})
        assert (asked.status_code, asked.headers["location"]) == (303, "/partners")
        with site.visitor() as visitor:
            form = "/partners/sign-in"
            entered = send(visitor, form, form, name=NAME, password=PASSWORD, to=elsewhere)
            assert (entered.status_code, entered.headers["location"]) == (303, "/partners")


@pytest.mark.parametrize("path", GUARDED)
def test_nothing_is_shown_to_whoever_is_not_signed_in(site: Site, path: str) -> None:
    with site.visitor() as visitor:
        answer = visitor.get(path, headers={"Cookie": "partners=made-up"})
        assert (answer.status_code, answer.content) == (303, b"")


def test_everything_is_open_when_the_statistics_are_public(tmp_path: Path) -> None:
    with serving(tmp_path / "open.sqlite3", Issued(releases(months=2)), public=True) as site:
        assert httpx.get(f"{site.address}/partners").status_code == 200
        assert httpx.get(f"{site.address}/partners/sign-in").status_code == 404


def test_every_answer_is_private_and_without_script(site: Site) -> None:
    with site.signed_in() as partner:
        for path in (*GUARDED, "/partners/sign-in", "/partners/set-up/no-such-link"):
            headers = partner.get(path, follow_redirects=True).headers
            assert headers["cache-control"] == "private, no-store"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-content-type-options"] == "nosniff"
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
        page = partner.get("/partners").text
        assert "<script" not in page
        assert " style=" not in page


def test_a_link_works_once(site: Site) -> None:
    link = site.link()
    with site.visitor() as first, site.visitor() as second:
        assert second.get(link).status_code == 200
        assert first.get(link).status_code == 200  # looking does not use it up
        assert send(first, link, link, password=PASSWORD, again=PASSWORD).status_code == 303
        assert second.get(link).status_code == 410
        other = {"password": "another password", "again": "another password"}
        assert send(second, "/partners/sign-in", link, **other).status_code == 410
        assert sign_in(second, NAME, "another password").status_code == 422


def test_of_two_who_use_a_link_at_once_one_gets_in(site: Site) -> None:
    link = site.link()

    def use(_: int) -> int:
        with site.visitor() as visitor:
            return send(visitor, "/partners/sign-in", link, password=PASSWORD, again=PASSWORD).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [303, 410, 410, 410]


def test_a_link_grows_old_and_a_newer_one_replaces_it(site: Site) -> None:
    old = site.link()
    new = site.link()
    with site.visitor() as visitor:
        assert visitor.get(old).status_code == 410
        site.later(LINK_LASTS)
        assert visitor.get(new).status_code == 410


def test_a_new_password_ends_the_sessions_of_the_old_one(site: Site) -> None:
    with site.signed_in() as before, site.signed_in():
        assert before.get("/partners").status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "at least 12 characters"),
        ("example carers 1", "example carers 1", "easy to guess"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "easy to guess"),
        ("x y z 1 2 3 " * 30, "x y z 1 2 3 " * 30, "at most 256"),
        (PASSWORD, "five calm otters sang", "not the same"),
    ],
)
def test_a_poor_password_is_told_and_the_link_still_works(site: Site, password: str, again: str, told: str) -> None:
    link = site.link()
    with site.visitor() as visitor:
        answer = send(visitor, link, link, password=password, again=again)
        assert (answer.status_code, told in answer.text) == (422, True)
        assert password not in answer.text
        assert visitor.get(link).status_code == 200


def test_a_session_that_somebody_else_planted_is_worth_nothing(site: Site) -> None:
    with site.signed_in(), site.visitor() as victim:
        planted = "planted-by-somebody-else-planted-by-somebody-else"
        victim.cookies.set("partners", planted, domain="127.0.0.1")
        assert sign_in(victim).status_code == 303
        assert victim.cookies["partners"] != planted
        with site.visitor() as attacker:
            attacker.cookies.set("partners", planted)
            assert attacker.get("/partners").status_code == 303


def test_signing_in_anew_ends_the_session_that_was_there(site: Site) -> None:
    with site.signed_in() as partner, site.visitor() as thief:
        thief.cookies.set("partners", partner.cookies["partners"])
        link = site.link("Another Partner")
        assert send(partner, link, link, password=PASSWORD, again=PASSWORD).status_code == 303
        assert thief.get("/partners").status_code == 303


def test_a_session_ends_by_itself(site: Site) -> None:
    with site.signed_in() as partner:
        site.later(SESSION_LASTS - timedelta(seconds=1))
        assert partner.get("/partners").status_code == 200
        site.later(timedelta(seconds=1))
        assert partner.get("/partners").status_code == 303


def test_a_revoked_partner_is_out_at_once_and_others_are_not(site: Site) -> None:
    with site.signed_in() as partner, site.signed_in("Another Partner") as other:
        assert now(site.accounts.revoke("example carers"))
        assert partner.get("/partners").status_code == 303
        assert partner.get("/partners/tables.zip").status_code == 303
        assert sign_in(partner).status_code == 422
        assert other.get("/partners").status_code == 200


def test_a_form_that_is_not_ours_is_refused(site: Site) -> None:
    with site.signed_in() as partner, site.visitor() as visitor:
        assert partner.post("/partners/sign-out").status_code == 403
        assert partner.post("/partners/sign-out", data={"check": "0" * 64}).status_code == 403
        assert partner.post("/partners/sign-out", data={"check": "\N{PILE OF POO}"}).status_code == 403
        assert partner.get("/partners").status_code == 200
        right = {"name": NAME, "password": PASSWORD}
        assert visitor.post("/partners/sign-in", data=right).status_code == 403
        assert visitor.post("/partners/sign-in", content=b"\xff" * 100).status_code == 403
        assert visitor.post("/partners/sign-in", content=b"x" * 100_000).status_code == 403
        assert visitor.post(site.link("Third"), data={"password": PASSWORD, "again": PASSWORD}).status_code == 403


def test_a_check_taken_from_another_visitor_is_refused(site: Site) -> None:
    with site.visitor() as one, site.visitor() as other:
        check = one.get("/partners/sign-in").text.split('name="check" value="')[1][:64]
        other.get("/partners/sign-in")
        answer = other.post("/partners/sign-in", data={"check": check, "name": NAME, "password": PASSWORD})
        assert answer.status_code == 403


def test_a_form_sent_from_another_site_is_refused(site: Site) -> None:
    with site.signed_in() as partner:
        partner.headers["Sec-Fetch-Site"] = "cross-site"
        assert send(partner, "/partners", "/partners/sign-out").status_code == 403


def test_guesses_on_one_account_stop_also_those_that_come_at_once(site: Site) -> None:
    with site.signed_in():
        pass

    def guess(number: int) -> int:
        with site.visitor() as visitor:
            return sign_in(visitor, NAME, f"guess number {number}").status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(guess, range(GUESSES_EACH + 3)))
    assert answers == [422] * GUESSES_EACH + [429] * 3
    with site.visitor() as partner:
        waiting = sign_in(partner)
        assert (waiting.status_code, waiting.headers["retry-after"]) == (429, "900")
        site.later(GUESSES_WITHIN + timedelta(seconds=1))
        assert sign_in(partner).status_code == 303


def test_an_account_that_is_not_there_answers_as_one_that_is(site: Site) -> None:
    with site.signed_in():
        pass
    with site.visitor() as visitor:
        for name in (NAME, "Nobody of that name"):
            answers = [sign_in(visitor, name, "a wrong password").status_code for _ in range(GUESSES_EACH + 1)]
            assert answers == [422] * GUESSES_EACH + [429]


def test_stuffing_over_many_names_stops_and_locks_no_partner_out(site: Site) -> None:
    with site.signed_in(), site.signed_in("Another Partner"), site.visitor() as visitor:
        answers = [sign_in(visitor, f"partner {n}", PASSWORD).status_code for n in range(GUESSES_AT_NOBODY + 1)]
        assert answers == [422] * GUESSES_AT_NOBODY + [429]
        assert [sign_in(visitor, NAME, "a wrong password").status_code for _ in range(GUESSES_EACH + 1)][-1] == 429
        assert sign_in(visitor, "Another Partner").status_code == 303


def test_who_was_locked_out_by_others_comes_in_by_a_new_link(site: Site) -> None:
    with site.signed_in() as partner, site.visitor() as other:
        assert [sign_in(other, NAME, "a wrong password").status_code for _ in range(GUESSES_EACH)] == [422] * 5
        assert partner.get("/partners").status_code == 200
        link = site.link()
        assert send(other, link, link, password=PASSWORD, again=PASSWORD).status_code == 303


def test_what_was_typed_and_who_typed_it_is_nowhere_in_the_file(site: Site, tmp_path: Path) -> None:
    with site.visitor() as visitor:
        sign_in(visitor, "my-password-in-the-wrong-box", "a wrong password")
    link = site.link()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    told = ("my-password-in-the-wrong-box", "a wrong password", "127.0.0.1", link.rpartition("/")[2])
    assert [word for word in told if word.encode() in kept] == []


def test_with_tls_the_cookie_is_for_this_host_and_tls_alone(tmp_path: Path) -> None:
    with serving(tmp_path / "tls.sqlite3", Issued(), secure=True) as site, site.visitor() as visitor:
        page = visitor.get("/partners/sign-in")
        cookie = page.headers["set-cookie"]
        assert cookie.startswith("__Host-partners-form=")
        assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
        site_link = site.link()
        check = page.text.split('name="check" value="')[1][:64]
        answer = visitor.post(
            site_link,
            data={"check": check, "password": PASSWORD, "again": PASSWORD},
            headers={"Cookie": cookie.split(";")[0]},
        )
        session = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-partners="))
        assert {part.strip() for part in session.split(";")[1:]} == {
            "HttpOnly",
            "Path=/",
            "SameSite=lax",
            "Secure",
            f"Max-Age={int(SESSION_LASTS.total_seconds())}",
        }


@pytest.mark.parametrize(
    "path",
    [
        "/partners?period=../../etc/passwd",
        "/partners?period=2026-13",
        "/partners?period=",
        "/partners?period=2026-W40",
        "/partners/report?period=1999-01",
        "/partners/tables/..%2f..%2fstyle.csv",
        "/partners/tables/%2e%2e%2fsettings.csv",
        "/partners/tables/identified-month.csv%00",
        "/partners/tables/no-such-table.csv",
        "/partners/templates/layout.html",
        "/partners/style.css/../layout.html",
        "/partners/x",
    ],
)
def test_no_address_leads_anywhere_else(site: Site, path: str) -> None:
    with site.signed_in() as partner:
        answer = partner.get(path)
        assert (answer.status_code, "Not found" in answer.text) == (404, True)


def test_a_release_that_cannot_be_read_is_told_of_and_the_rest_is_shown(site: Site) -> None:
    kept = tuple(release for release in site.issued.releases if release.period != "2026-09")
    site.issued = Issued(kept, ("2026-09",))
    with site.signed_in() as partner:
        page = partner.get("/partners").text
        assert "The figures issued for September 2026 cannot be read just now." in page
        assert "Statistics for October 2026" in page
        assert "2026-09" not in page.partition("<select")[2].partition("</select>")[0]
        for path in ("/partners?period=2026-09", "/partners/report?period=2026-09"):
            asked = partner.get(path)
            told = "The figures issued for September 2026 cannot be read just now." in asked.text
            assert (asked.status_code, told) == (503, True)
        assert "The figures issued for September 2026 cannot be read just now." in partner.get("/partners/report").text
        for path in (
            "tables.zip",
            "statistics.xlsx",
            "dictionary.csv",
            "not-published.csv",
            "tables/identified-month.csv",
        ):
            assert 'filename="INCOMPLETE-' in partner.get(f"/partners/{path}").headers["content-disposition"]


def test_a_release_that_is_issued_while_pages_are_read_is_there_at_the_next_look(site: Site) -> None:
    newest = releases(last=date(2026, 11, 30), months=5)
    with site.signed_in() as partner:
        before = partner.get("/partners").text

        def read(_: int) -> str:
            with httpx.Client(base_url=site.address, cookies=partner.cookies) as reader:
                return reader.get("/partners").text

        with ThreadPoolExecutor(4) as pool:
            reading = [pool.submit(read, number) for number in range(8)]
            site.issued = Issued(newest)
            pages = [done.result() for done in reading]
        after = partner.get("/partners").text
    assert "Statistics for November 2026" in after
    assert set(pages) <= {before, after}  # one or the other, whole: never some of each


def test_before_anything_is_issued_the_page_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "new.sqlite3", Issued()) as site, site.signed_in() as partner:
        page = partner.get("/partners")
        assert (page.status_code, "No month has been issued yet" in page.text) == (200, True)
        assert partner.get("/partners/tables.zip").status_code == 200
        assert partner.get("/partners/statistics.xlsx").status_code == 200
        assert partner.get("/partners/report").status_code == 404


def test_no_page_of_one_partner_names_another(site: Site) -> None:
    with site.signed_in() as one, site.signed_in("Another Partner") as other:
        assert "Another Partner" not in one.get("/partners").text
        assert NAME not in other.get("/partners").text
