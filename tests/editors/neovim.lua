-- Opens a file with a finding as a user does, looks at what is shown, and takes the first fix. Works in every Neovim since 0.7.

local function fail(why)
  io.stderr:write(why .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, is)
  if not vim.wait(20000, is, 50) then
    fail('not within 20 s: ' .. what .. '; ' .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function equal(what, found, expected)
  if not vim.deep_equal(found, expected) then
    fail(('%s is %s, expected %s'):format(what, vim.inspect(found), vim.inspect(expected)))
  end
end

local function told()
  return vim.tbl_filter(function(one)
    return one.code == 'IMDS01'
  end, vim.diagnostic.get(0))
end

local function try()
  for _, case in ipairs({
    { file = 'main.tf', from = { 7, 21 }, to = 29, mended = 'required' },
    { file = 'template.yaml', from = { 9, 22 }, to = 30, mended = 'required' },
  }) do
    vim.cmd('edit ' .. case.file)
    wait(case.file .. ' has its finding', function()
      return #told() > 0
    end)
    local finding = told()[1]
    equal('how many', #told(), 1)
    equal('where it begins', { finding.lnum, finding.col }, case.from)
    equal('where it ends', { finding.end_lnum, finding.end_col }, { case.from[1], case.to })
    equal('severity', finding.severity, vim.diagnostic.severity.ERROR)
    equal('source', finding.source, 'keyless')

    local titles
    vim.ui.select = function(items, options, choose)
      titles = vim.tbl_map(options.format_item, items)
      for place, title in ipairs(titles) do
        if not title:match('^Except ') then
          return choose(items[place], place)
        end
      end
    end
    vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
    vim.lsp.buf.code_action()
    wait('a fix of ' .. case.file .. ' is offered', function()
      return titles ~= nil
    end)
    wait('one of ' .. vim.inspect(titles) .. ' mends it', function()
      return #told() == 0
    end)
    local line = vim.api.nvim_buf_get_lines(0, finding.lnum, finding.lnum + 1, false)[1]
    equal('the comment of the line', line:match('# IMDS01$'), '# IMDS01')
    equal('what was written', line:find(case.mended, 1, true) ~= nil, true)
    print(('ok: %s, "%s"\n'):format(case.file, titles[1]))
  end
  vim.cmd('qall!')
end

local ok, why = xpcall(try, debug.traceback)
if not ok then
  fail(why)
end
