def run(setting, checks): pass
