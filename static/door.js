// The door: a scanned card posts itself, the field is ready for the next, and where the browser can, its camera reads.
(() => {
  "use strict";
  const field = document.getElementById("q");
  if (!field) return;
  let isScanning = false;
  let last = "";
  const FEELS = { green: [80], yellow: [80, 80, 80], red: [300] };
  const feel = () => {
    const told = document.querySelector("[data-told]")?.dataset.told;
    if (told && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(FEELS[told]);
  };

  document.querySelector("form[data-auto]")?.requestSubmit();
  feel();
  document.addEventListener("htmx:afterSwap", () => {
    field.value = "";
    feel();
    const choice = document.querySelector("#ket-qua .people button");
    if (choice) choice.focus();
    else if (!isScanning) field.focus({ preventScroll: true });
  });

  // The camera on this page: only where the browser itself reads QR codes.
  const place = document.querySelector("[data-camera]");
  const video = place.querySelector("video");
  const said = place.querySelector("[data-camera-said]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  place.hidden = false;
  place.querySelector("[data-camera-start]").addEventListener("click", async () => {
    if (isScanning) return;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      isScanning = true;
      said.textContent = "Đưa thẻ vào trước camera.";
      look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      said.textContent = "Không mở được camera. Cho phép trang dùng camera, hoặc quét bằng ứng dụng máy ảnh.";
    }
  });

  async function look(detector) {
    try {
      const [found] = await detector.detect(video);
      if (found && found.rawValue !== last) {
        last = found.rawValue;
        field.value = found.rawValue;
        field.form.requestSubmit();
        setTimeout(() => (last = ""), 3000); // the same card again only after a while
      }
    } catch {
      // a frame that cannot be read: the next one may be
    }
    setTimeout(() => look(detector), 250);
  }
})();
