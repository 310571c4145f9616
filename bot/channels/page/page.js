"use strict";

// Each phone is a person of its own: a random id that lives only as long as the page.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

for (const phone of document.querySelectorAll(".phone")) {
  const channel = phone.dataset.channel;
  const talk = phone.querySelector(".talk");
  const form = phone.querySelector("form");
  const input = form.querySelector("input");
  let person = newId();
  let segments = 0;

  const add = (kind, text) => {
    const item = document.createElement("li");
    item.className = kind;
    item.textContent = text;
    talk.append(item);
    talk.scrollTop = talk.scrollHeight;
    return item;
  };

  const showReply = (reply) => {
    const item = add("bot", reply.text);
    if (channel === "sms") {
      segments += reply.segments;
      const price = document.createElement("small");
      price.textContent = `${reply.segments} text${reply.segments === 1 ? "" : "s"}, ${reply.units} characters, ${reply.encoding}`;
      item.append(price);
      phone.querySelector(".cost").textContent = `Text messages so far: ${segments}`;
    } else if (reply.choices.length) {
      const row = add("buttons", "");
      for (const choice of reply.choices) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = choice.label;
        button.addEventListener("click", () => send({ button: choice.button }, choice.label));
        row.append(button);
      }
    }
    talk.scrollTop = talk.scrollHeight;
  };

  const send = async (said, shown) => {
    add("me", shown);
    try {
      const answer = await fetch("/try", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ phone: person, channel, id: newId(), ...said }),
      });
      const { replies } = await answer.json();
      replies.forEach(showReply);
      if (!replies.length) add("note", "No reply.");
    } catch {
      add("note", "The service did not answer. Is it still running?");
    }
    input.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value;
    input.value = "";
    send({ text }, text || "(empty)");
  });

  phone.querySelector(".fresh").addEventListener("click", () => {
    person = newId();
    segments = 0;
    talk.replaceChildren();
    if (channel === "sms") phone.querySelector(".cost").textContent = "Text messages so far: 0";
    input.focus();
  });
}
