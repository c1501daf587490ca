stands for eu-envelope.mod
