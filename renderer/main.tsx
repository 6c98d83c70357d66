// The renderer's entry: styles, the app, its start.

import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { start } from './app/start.ts';
import { speakFirst } from './app/useLanguage.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
start();
await speakFirst();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
