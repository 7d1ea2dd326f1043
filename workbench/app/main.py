"""Where `streamlit run` starts."""

from workbench.app import shell

if __name__ == "__main__":
    shell.run()
