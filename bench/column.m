% SPDX-License-Identifier: Apache-2.0
%
% Column A as published, after a step of its feed, in Runge-Kutta steps of 0.02 min, by GNU
% Octave: the same work as column.c, to be timed beside it and to come to the same place.
% Stages are vectors. Prints JSON.
%
%     octave --norc --quiet bench/column.m [MINUTES]
1;

function rate = lv(s, feed)
  n = 41; nf = 21; alpha = 1.5; l0 = 2.70629; v = 3.20629; tau = 0.063; m0 = 0.5;
  m = s(1:n); x = s(n + 1:2 * n) ./ m;
  y = alpha * x(1:n - 1) ./ (1 + (alpha - 1) * x(1:n - 1));
  l = zeros(n, 1);
  l(2:nf) = l0 + 1 + (m(2:nf) - m0) / tau;
  l(nf + 1:n - 1) = l0 + (m(nf + 1:n - 1) - m0) / tau;
  l(n) = l0;
  l(2:n - 1) = max(0, l(2:n - 1));
  d = 0.5 + 10 * (m(n) - m0); b = 0.5 + 10 * (m(1) - m0);
  out = [b; l(2:n - 1); l(n) + d];
  dm = [l(2:n); 0] - out; dl = [l(2:n) .* x(2:n); 0] - out .* x;
  dm(1) -= v; dm(n) += v;
  dl(1:n - 1) -= v * y; dl(2:n) += v * y;
  dm(nf) += feed; dl(nf) += feed * 0.5;
  rate = [dm; dl];
end

arguments = argv();
minutes = 20;
if numel(arguments) > 0, minutes = str2double(arguments{end}); end
h = 0.02; steps = round(minutes / h);
s = [0.5 * ones(41, 1); 0.25 * ones(41, 1)];
for i = 1:20 % Newton's method to the steady state
  f = lv(s, 1); jacobian = zeros(82);
  for k = 1:82, d = zeros(82, 1); d(k) = 1e-7; jacobian(:, k) = (lv(s + d, 1) - lv(s - d, 1)) / 2e-7; end
  s -= jacobian \ f;
  if norm(f) < 1e-11, break; end
end
begin = cputime();
for i = 1:steps
  k1 = lv(s, 1.01); k2 = lv(s + h * k1 / 2, 1.01); k3 = lv(s + h * k2 / 2, 1.01); k4 = lv(s + h * k3, 1.01);
  s += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
end
seconds = cputime() - begin;
printf('{"minutes": %.6g, "steps": %d, "seconds": %.6g, "us_a_step": %.6g, "times_real_time": %.6g, "xd": %.10f, "xb": %.10f}\n', ...
  minutes, steps, seconds, 1e6 * seconds / steps, 60 * minutes / seconds, s(82) / s(41), s(42) / s(1));
