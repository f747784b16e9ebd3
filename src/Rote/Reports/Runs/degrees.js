(() => {
  'use strict';
  const box = document.getElementById('degree-slider');
  if (!box) return;
  const rows = JSON.parse(box.dataset.rows);
  const part = name => document.getElementById(`degree${name}`);
  const show = () => {
    const [degree, opening, interval, heldOut, test] = rows[Number(part('').value)];
    part('-m').textContent = degree;
    part('-opening').textContent = opening;
    part('-interval').textContent = interval;
    part('-held-out').textContent = `${heldOut.toFixed(1)} %`;
    part('-held-out-bar').value = heldOut;
    part('-test').textContent = `${test.toFixed(1)} %`;
    part('-test-bar').value = test;
    part('-command').textContent = box.dataset.command + degree;
    part('').setAttribute('aria-valuetext', `m ${degree}`);
  };
  part('').addEventListener('input', show);
  box.hidden = false;
  show();
})();
