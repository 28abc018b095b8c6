// What an edit changes beside the picture is told with the next picture, or after a while without one.
import assert from 'node:assert/strict';
import { EditNews } from '../../../src/host/panel/editNews';
import { eventually } from '../../eventually';

describe('news of an edit', () => {
  let told: string[] = [];
  let news: EditNews;
  beforeEach(() => {
    told = [];
    news = new EditNews({ cursor: () => told.push('cursor'), state: () => told.push('state') });
  });
  afterEach(() => news.dispose());

  it('is told with the whole picture: the state tells the cursor too', () => {
    news.cursorMoved();
    news.stateChanged();
    assert.deepEqual(told, []);
    news.pictureComes(true);
    assert.deepEqual(told, ['state']);
  });

  it('is of the cursor alone with a first look: a state would have everything drawn anew', () => {
    news.cursorMoved();
    news.stateChanged();
    news.pictureComes(false);
    news.pictureComes(false);
    assert.deepEqual(told, ['cursor']);
  });

  it('is told without a picture where none comes', async () => {
    news.cursorMoved();
    await eventually('the cursor', () => told.length > 0);
    assert.deepEqual(told, ['cursor']);
    news.stateChanged();
    await eventually('the state', () => told.length > 1);
    assert.deepEqual(told, ['cursor', 'state']);
  });

  it('is no news once the whole state is told', () => {
    news.cursorMoved();
    news.stateChanged();
    news.clear();
    news.pictureComes(true);
    assert.deepEqual(told, []);
  });
});
