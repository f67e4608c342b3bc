"""The sub-commands of `hamrong`, one file each; a file is loaded when its command is asked for."""
