EPILOG=""
def command()->None: """x"""
