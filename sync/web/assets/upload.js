// Sends chosen or dropped files with progress, and looks again while a result
// is awaited. Without it the same forms and links do the same.
"use strict";

function replaceMain(html) {
  const made = new DOMParser().parseFromString(html, "text/html").getElementById("main");
  if (!made) return false;
  document.getElementById("main").replaceWith(made);
  document.getElementById("checked")?.focus();
  return true;
}

function tell(form, text) {
  const line = form.querySelector(".progress");
  line.hidden = false;
  line.textContent = text;
}

function send(form) {
  const files = [...form.querySelector("input[type=file]").files];
  const limit = Number(form.dataset.limit);
  if (files.reduce((sum, f) => sum + f.size, 0) > limit * 1048576) {
    tell(form, `Tệp lớn hơn ${limit} MB, không gửi được. Xóa hình ảnh và trang thừa, hoặc gửi từng tệp.`);
    return;
  }
  const request = new XMLHttpRequest();
  const button = form.querySelector("button");
  const failed = () => {
    button.disabled = false;
    tell(form, "Mất kết nối khi gửi tệp. Kiểm tra mạng rồi bấm Kiểm tra lần nữa.");
  };
  request.upload.addEventListener("progress", (e) => {
    if (e.lengthComputable && e.loaded < e.total) tell(form, `Đang tải lên: ${Math.floor((100 * e.loaded) / e.total)} %`);
    else tell(form, "Đang đọc và kiểm tra tệp…");
  });
  request.addEventListener("error", failed);
  request.addEventListener("load", () => {
    if (request.status === 401) location.reload();
    else if (replaceMain(request.responseText)) history.replaceState(null, "", "/uploads");
    else failed();
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
  button.disabled = true;
  tell(form, "Đang tải lên…");
}

document.addEventListener("submit", (e) => {
  if (!e.target.matches("form[data-upload]")) return;
  e.preventDefault();
  send(e.target);
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (e) => {
    const form = document.querySelector("form[data-upload]");
    if (!form) return;
    e.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind !== "drop" || !e.dataTransfer.files.length) return;
    form.querySelector("input[type=file]").files = e.dataTransfer.files;
    if (form.reportValidity()) send(form);
  });
}

async function lookAgain() {
  if (!document.querySelector("[data-waiting]")) return;
  try {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (answer.ok) {
      const before = document.getElementById("state").textContent;
      const text = await answer.text();
      const made = new DOMParser().parseFromString(text, "text/html").getElementById("state");
      if (made && made.textContent !== before) replaceMain(text);
    }
  } catch {
    // The network is away for a moment; the next look may do better.
  }
  setTimeout(lookAgain, 2000);
}
setTimeout(lookAgain, 1000);
